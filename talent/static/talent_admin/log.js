// "Log a contact" from anywhere: the button or Ctrl+K opens a window, Enter takes the first person found.
(() => {
  let asked = 0;
  let waiting = 0;

  const show = async (form, place) => {
    const number = ++asked;
    const address = `${form.action}?part=1&q=${encodeURIComponent(form.elements.q.value)}`;
    const answer = await fetch(address, { credentials: "same-origin" });
    // Signed out meanwhile: the page itself leads to the sign-in and back.
    if (answer.redirected || !answer.ok) location.assign(form.action);
    else if (number === asked) {
      place.innerHTML = await answer.text();
      place.dataset.text = form.elements.q.value;
    }
  };

  document.addEventListener("DOMContentLoaded", () => {
    const dialog = document.getElementById("log-window");
    if (!dialog) return;
    const form = dialog.querySelector("[data-log-search]");
    const place = dialog.querySelector("[data-log-results]");
    const text = form.elements.q;

    const open = () => {
      if (dialog.open) return;
      dialog.showModal();
      text.select();
      show(form, place);
    };

    for (const button of document.querySelectorAll("[data-log-open]")) {
      button.addEventListener("click", (event) => {
        if (event.ctrlKey || event.metaKey || event.shiftKey) return;
        event.preventDefault();
        open();
      });
    }
    document.addEventListener("keydown", (event) => {
      if (!(event.ctrlKey || event.metaKey) || event.altKey || event.shiftKey || event.key.toLowerCase() !== "k") return;
      event.preventDefault();
      open();
    });
    dialog.querySelector("[data-log-close]").addEventListener("click", () => dialog.close());
    dialog.addEventListener("click", (event) => {
      if (event.target === dialog) dialog.close();
    });
    text.addEventListener("input", () => {
      clearTimeout(waiting);
      waiting = setTimeout(() => show(form, place), 200);
    });
    form.addEventListener("submit", async (event) => {
      event.preventDefault();
      clearTimeout(waiting);
      if (place.dataset.text !== text.value) await show(form, place);
      place.querySelector("a.talent-pick")?.click();
    });
    // The arrows walk through the field and what was found.
    dialog.addEventListener("keydown", (event) => {
      const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
      if (!step) return;
      const stops = [text, ...place.querySelectorAll("a.talent-pick")];
      const next = stops[stops.indexOf(document.activeElement) + step];
      if (!next) return;
      event.preventDefault();
      next.focus();
    });
  });
})();
