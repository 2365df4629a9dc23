// Lists that follow their filters without a reload. The forms stay plain GET forms.
import htmx from "htmx.org";
import { isSheet, panel, settle } from "./sheet.js";

const folded = () => [...document.querySelectorAll("[data-live] details[id]")];
let open = new Set();
let focused = "";
let height = 0;
let depth = 0;

// An address holds only what was chosen: empty fields are left out.
document.addEventListener("htmx:configRequest", ({ detail }) => {
  for (const [name, value] of [...detail.formData.entries()]) if (value === "") detail.formData.delete(name);
});

// What the reader had unfolded stays unfolded after the exchange; focus and place on the page stay too.
document.addEventListener("htmx:beforeSwap", () => {
  open = new Set(folded().filter((box) => box.open).map((box) => box.id));
  focused = document.activeElement?.id ?? "";
  height = window.scrollY;
  depth = panel()?.scrollTop ?? 0;
});

document.addEventListener("htmx:afterSwap", () => {
  for (const box of folded()) if (open.has(box.id)) box.open = true;
  settle();
  if (isSheet()) panel().scrollTop = depth;
  if (focused && document.activeElement?.id !== focused) document.getElementById(focused)?.focus({ preventScroll: true });
  if (window.scrollY !== height) window.scrollTo({ top: height, behavior: "instant" });
});

document.addEventListener("htmx:afterSettle", () => {
  const said = document.querySelector("[data-announce]");
  const status = document.getElementById("live-status");
  if (said && status) status.textContent = said.textContent.trim();
});

// A failed exchange falls back to the plain address, so that the reader sees the server's own words.
for (const failure of ["htmx:responseError", "htmx:sendError"]) {
  document.addEventListener(failure, ({ detail }) => {
    location.assign(detail.pathInfo.finalRequestPath);
  });
}

export default htmx;
