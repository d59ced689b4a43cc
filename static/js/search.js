// The search field: suggestions while typing, walked by the arrow keys (the pattern of a combobox with a list box, APG),
// and the key / that leads to it. Without it, the form works as it stands.
"use strict";

const WAIT = 150; // milliseconds without a key before it is asked
const KEY = "search-key";

function attachSuggestions(input) {
  const line = input.closest(".search-line");
  const box = line.querySelector(".suggestions");
  const status = line.querySelector("[role=status]");
  let timer, request, chosen = -1;

  const options = () => [...box.querySelectorAll("[role=option]")];

  function close() {
    clearTimeout(timer);
    request?.abort();
    box.hidden = true;
    input.setAttribute("aria-expanded", "false");
    choose(-1);
  }

  function choose(position) {
    chosen = position;
    options().forEach((option, n) => option.setAttribute("aria-selected", String(n === position)));
    const option = options()[position];
    if (!option) return input.removeAttribute("aria-activedescendant");
    input.setAttribute("aria-activedescendant", option.id);
    option.scrollIntoView({ block: "nearest" });
  }

  function show(html) {
    box.innerHTML = html;
    const list = box.firstElementChild;
    status.textContent = list ? list.dataset.status : "";
    if (!list) return close();
    list.id = `${input.id}-suggestions`;
    options().forEach((option, n) => { option.id = `${list.id}-${n}`; });
    input.setAttribute("aria-controls", list.id);
    input.setAttribute("aria-expanded", "true");
    box.hidden = false;
    choose(-1);
  }

  async function ask() {
    request?.abort();
    request = new AbortController();
    const { signal } = request;
    const asked = new URLSearchParams(new FormData(input.form));
    try {
      const answer = await fetch(`${input.dataset.suggestions}?${asked}`, { signal });
      const html = answer.ok ? (await answer.text()).trim() : "";
      if (!signal.aborted && document.activeElement === input) show(html);
    } catch {
      if (!signal.aborted) close(); // no answer, no suggestions: the form still works
    }
  }

  input.setAttribute("role", "combobox");
  input.setAttribute("aria-autocomplete", "list");
  input.setAttribute("aria-expanded", "false");
  input.addEventListener("blur", close);
  input.addEventListener("input", () => {
    clearTimeout(timer);
    if (input.value.trim()) timer = setTimeout(ask, WAIT);
    else close();
  });
  input.addEventListener("keydown", (event) => {
    if (event.isComposing) return;
    const count = options().length;
    if ((event.key === "ArrowDown" || event.key === "ArrowUp") && count) {
      event.preventDefault();
      box.hidden = false;
      input.setAttribute("aria-expanded", "true");
      const step = event.key === "ArrowDown" ? 1 : count; // round in a circle, with the field itself as one more place
      choose((chosen + 1 + step) % (count + 1) - 1);
    } else if (event.key === "Enter" && !box.hidden && chosen >= 0) {
      event.preventDefault();
      location.assign(options()[chosen].dataset.address);
    } else if (event.key === "Escape" && !box.hidden) {
      event.preventDefault();
      close();
    }
  });
  box.addEventListener("mousedown", (event) => event.preventDefault()); // the field keeps the focus
  box.addEventListener("click", (event) => {
    const option = event.target.closest("[role=option]");
    if (option) location.assign(option.dataset.address);
  });
}

const fields = [...document.querySelectorAll("input[data-suggestions]")];
fields.forEach(attachSuggestions);

// A key of one character must be possible to turn off (WCAG 2.1.4); the choice is kept where the browser lets it.
let isKeyOn = true;
try { isKeyOn = localStorage.getItem(KEY) !== "off"; } catch { /* not kept */ }

function showKey() {
  for (const field of fields) {
    if (isKeyOn) field.setAttribute("aria-keyshortcuts", "/");
    else field.removeAttribute("aria-keyshortcuts");
  }
  for (const button of document.querySelectorAll(".shortcut button")) {
    button.closest(".shortcut").hidden = false;
    button.textContent = isKeyOn ? button.dataset.on : button.dataset.off;
  }
}

document.addEventListener("click", (event) => {
  if (!event.target.closest?.(".shortcut button")) return;
  isKeyOn = !isKeyOn;
  try { localStorage.setItem(KEY, isKeyOn ? "on" : "off"); } catch { /* not kept */ }
  showKey();
});

document.addEventListener("keydown", (event) => {
  const isTyping = event.target.closest?.("input, textarea, select, [contenteditable]");
  if (event.key !== "/" || !isKeyOn || isTyping || event.ctrlKey || event.metaKey || event.altKey || !fields.length) return;
  event.preventDefault();
  fields[0].focus();
  fields[0].select();
});

showKey();
