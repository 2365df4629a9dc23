// Runs on every public page. The pages work without it; this only makes them smoother.
document.documentElement.classList.add("js");

if (document.querySelector("[data-live]")) import("./live.js");
if (document.querySelector("[data-autosave]")) import("./autosave.js");
if (document.querySelector("[data-read-aloud]")) import("./read_aloud.js");

// An unfolded menu folds when the reader turns elsewhere or presses Escape.
const menus = () => document.querySelectorAll("details[data-menu][open]");

document.addEventListener("click", (event) => {
  for (const menu of menus()) if (!menu.parentElement.contains(event.target)) menu.open = false;
});

document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  for (const menu of menus()) {
    menu.open = false;
    menu.querySelector("summary").focus();
  }
});
