// One claim on one screen, by keyboard: the opinion has the focus, Alt and a digit decide, Alt+N leads to the next one.
"use strict";

document.addEventListener("DOMContentLoaded", () => {
  const decide = document.querySelector(".review-decide");
  decide?.querySelector("textarea")?.focus({ preventScroll: true });
  document.addEventListener("keydown", (event) => {
    if (!event.altKey || event.ctrlKey || event.metaKey) {
      return;
    }
    const key = event.code.replace(/^(Digit|Numpad|Key)/, "").toLowerCase();
    const target = document.querySelector(`.review [data-key="${CSS.escape(key)}"]:not(:disabled)`);
    if (target) {
      event.preventDefault();
      target.click();
    }
  });
});
