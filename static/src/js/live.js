// Lists that follow their filters without a reload. The forms stay plain GET forms.
import htmx from "htmx.org";

const folded = () => [...document.querySelectorAll("[data-live] details[id]")];
let open = new Set();

// An address holds only what was chosen: empty fields are left out.
document.addEventListener("htmx:configRequest", ({ detail }) => {
  for (const [name, value] of [...detail.formData.entries()]) if (value === "") detail.formData.delete(name);
});

// What the reader had unfolded stays unfolded after the exchange.
document.addEventListener("htmx:beforeSwap", () => {
  open = new Set(folded().filter((box) => box.open).map((box) => box.id));
});

document.addEventListener("htmx:afterSettle", () => {
  for (const box of folded()) if (open.has(box.id)) box.open = true;
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
