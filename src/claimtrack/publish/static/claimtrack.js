"use strict";

// The pieces of a claim belong together: pointing at one, or reaching it with the keyboard,
// shows them all, in the text and in the list beside it. Everything works without this script.
(() => {
  const linked = document.querySelectorAll("[data-claims]");
  const numbersOf = (element) => element.dataset.claims.split(" ");

  const show = (element) => {
    const wanted = element ? numbersOf(element) : [];
    for (const piece of linked) {
      piece.classList.toggle("on", numbersOf(piece).some((number) => wanted.includes(number)));
    }
  };
  const around = (target) => (target instanceof Element ? target.closest("[data-claims]") : null);
  const aimed = () => around(document.getElementById(decodeURIComponent(location.hash.slice(1))));

  document.addEventListener("pointerover", (event) => show(around(event.target) || aimed()));
  document.addEventListener("focusin", (event) => show(around(event.target) || aimed()));
  document.addEventListener("click", (event) => {
    const piece = around(event.target);
    const reading = event.target.closest("a") || !getSelection().isCollapsed;
    if (!piece || piece.tagName !== "MARK" || reading) return;
    const note = document.getElementById(`note-${numbersOf(piece)[0]}`);
    if (note) note.scrollIntoView({ block: "nearest" });
  });
  // From one claim to the next with the arrow keys, once a number has the focus.
  document.addEventListener("keydown", (event) => {
    const here = document.activeElement;
    const step = { ArrowDown: 1, ArrowUp: -1, Home: -Infinity, End: Infinity }[event.key];
    if (!step || event.altKey || event.ctrlKey || event.metaKey || !here.matches("a.number")) return;
    const all = [...here.closest(".paper, .notes").querySelectorAll("a.number")];
    const next = Math.min(Math.max(all.indexOf(here) + step, 0), all.length - 1);
    event.preventDefault();
    all[next].focus();
  });
  addEventListener("hashchange", () => show(aimed()));
  show(aimed());
})();

// A citation to copy; without this script it is selected whole by a click.
(() => {
  for (const button of document.querySelectorAll("[data-copy]")) {
    if (!navigator.clipboard) continue;
    button.hidden = false;
    button.addEventListener("click", async () => {
      const words = document.getElementById(button.dataset.copy).innerText;
      await navigator.clipboard.writeText(words.trim());
      button.textContent = button.dataset.done;
    });
  }
})();
