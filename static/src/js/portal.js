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

// A second tap on a button within two seconds is the same tap: what was sent is not sent again.
document.addEventListener("submit", (event) => {
  const form = event.target;
  if (form.method !== "post" || event.defaultPrevented) return;
  if (form.dataset.sent) event.preventDefault();
  form.dataset.sent = "1";
  setTimeout(() => delete form.dataset.sent, 2000);
});
