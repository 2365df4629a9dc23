// On a phone the filters are a sheet over the page: its last button tells how many rows the choice brings.
// Without a script the panel unfolds in its place (_filters.scss).
const narrow = matchMedia("(max-width: 899.98px)");
const toggle = () => document.getElementById("filters-toggle");
let quiet = [];

export const panel = () => toggle()?.nextElementSibling;
export const isSheet = () => Boolean(toggle()?.open) && narrow.matches;

// What lies around the sheet; what is read out stays readable.
function around(node) {
  const found = [];
  for (let at = node; at !== document.body; at = at.parentElement)
    for (const other of at.parentElement.children) if (other !== at && other.id !== "live-status") found.push(other);
  return found;
}

// Makes the page as the panel is: a dialog over a page that rests, or a part of the page.
export function settle() {
  for (const node of quiet) node.inert = false;
  const sheet = panel();
  quiet = sheet && isSheet() ? around(sheet) : [];
  for (const node of quiet) node.inert = true;
  if (sheet && isSheet()) {
    sheet.setAttribute("role", "dialog");
    sheet.setAttribute("aria-modal", "true");
  } else {
    sheet?.setAttribute("role", "group");
    sheet?.removeAttribute("aria-modal");
  }
}

function close({ results = false } = {}) {
  toggle().open = false;
  settle();
  const target = results ? document.querySelector("[data-announce]") : toggle().querySelector("summary");
  if (results) {
    target.tabIndex = -1;
    target.scrollIntoView({ block: "start" });
  }
  target.focus({ preventScroll: results });
}

document.addEventListener("click", ({ target }) => {
  const button = target.closest("[data-close-filters]");
  if (button) close({ results: button.dataset.closeFilters === "results" });
  else if (isSheet() && !panel().contains(target) && target.isConnected) close();
});

document.addEventListener("keydown", (event) => {
  if (event.key === "Escape" && toggle()?.open) close();
});

document.addEventListener(
  "toggle",
  ({ target }) => {
    if (target !== toggle()) return;
    settle();
    if (isSheet() && !panel().contains(document.activeElement)) panel().querySelector("button").focus();
  },
  true,
);

narrow.addEventListener("change", settle);
document.documentElement.classList.add("sheets");
settle();
