// A form that keeps itself: three seconds after the last key its draft is saved. Without scripts there is a button.
const PAUSE = 3000;

for (const form of document.querySelectorAll("form[data-autosave]")) {
  const status = form.querySelector("[data-autosave-status]");
  let waiting = 0;

  const save = async () => {
    const body = new FormData(form);
    body.set("action", "save");
    try {
      const answer = await fetch(location.href, { method: "POST", body, headers: { "X-Autosave": "1" }, redirect: "error" });
      const said = await answer.json();
      if (said.revision) form.elements.revision.value = said.revision;
      status.textContent = said.words;
    } catch {
      // Signed out or offline: what was typed stays on the page and goes along with the next click.
    }
  };

  const soon = () => {
    clearTimeout(waiting);
    waiting = setTimeout(save, PAUSE);
  };

  form.addEventListener("input", soon);
  // On a slow line somebody may have begun to write before this script arrived.
  if (form.elements.letter?.value !== form.elements.letter?.defaultValue) soon();
  form.addEventListener("submit", () => clearTimeout(waiting));
}
