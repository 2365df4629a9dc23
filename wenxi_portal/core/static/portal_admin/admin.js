// Names for what the theme's scripts build: screen readers announce search fields and scrolling parts by them.
(() => {
  const labelOf = (select) =>
    select.getAttribute("aria-label") || document.querySelector(`label[for="${select.id}"]`)?.textContent.trim() || "";

  const nameParts = () => {
    for (const box of document.querySelectorAll(".select2-container")) {
      const select = box.previousElementSibling;
      const label = select ? labelOf(select) : "";
      if (!label) continue;
      for (const part of box.querySelectorAll('[role="combobox"], [role="textbox"], [role="searchbox"]')) {
        part.setAttribute("aria-label", label);
      }
    }
    for (const part of document.querySelectorAll(".simplebar-content-wrapper")) {
      part.removeAttribute("role");
      part.removeAttribute("aria-label");
    }
  };

  // The theme's rows of links have no names of their own: the tabs are named by the first of them.
  const nameTabs = () => {
    for (const row of document.querySelectorAll("nav:not([aria-label])")) {
      if (row.id !== "nav-sidebar-inner") row.setAttribute("aria-label", row.textContent.trim().split(/\s+/)[0] || row.id);
    }
  };

  window.addEventListener("load", () => {
    nameParts();
    nameTabs();
    // Fields are dressed up when their scripts get to it, and again for each row that is added.
    new MutationObserver(nameParts).observe(document.body, { childList: true, subtree: true });
  });
})();

// A second tap on a button within two seconds is the same tap: what was sent is not sent again.
document.addEventListener("submit", (event) => {
  const form = event.target;
  if (form.method !== "post" || event.defaultPrevented) return;
  if (form.dataset.sent) event.preventDefault();
  form.dataset.sent = "1";
  setTimeout(() => delete form.dataset.sent, 2000);
});
