// Warns about look-alikes while a person is typed. Everything goes by POST, so that no number stands in an address.
const form = document.querySelector("[data-check-url]");
const place = document.getElementById("likeness");
const WATCHED = ["document_kind", "id_number", "name", "birth_date", "mobile", "university_name"];
let waiting = 0;
let asked = 0;

async function check() {
  const number = ++asked;
  const body = new FormData();
  for (const name of ["csrfmiddlewaretoken", ...WATCHED]) body.append(name, form.elements[name]?.value ?? "");
  const answer = await fetch(form.dataset.checkUrl, { method: "POST", body, credentials: "same-origin" });
  if (answer.ok && number === asked) place.innerHTML = await answer.text();
}

if (form && place) {
  form.addEventListener("input", ({ target }) => {
    if (!WATCHED.includes(target.name)) return;
    clearTimeout(waiting);
    waiting = setTimeout(check, 350);
  });
  form.addEventListener("change", ({ target }) => {
    if (WATCHED.includes(target.name)) check();
  });
}
