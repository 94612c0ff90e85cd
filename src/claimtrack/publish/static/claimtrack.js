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

// A citation to copy; without this script it is selected whole by a click. The day on which it is
// read only the reader's machine knows.
(() => {
  for (const place of document.querySelectorAll("[data-today]")) {
    const today = new Date().toISOString().slice(0, 10);
    place.textContent = ` (${place.dataset.today} \u2066${today}\u2069)`;
    place.hidden = false;
  }
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

// A picture: nearer, farther, some kinds of lines only, and as an image. Without this script it can
// be scrolled, and saved as it is.
(() => {
  const tools = document.querySelector("[data-picture]");
  if (!tools) return;
  const picture = document.getElementById(tools.dataset.picture);
  const board = picture.parentElement;
  const { width, height } = picture.viewBox.baseVal;
  let scale = 1;
  const zoom = (wanted) => {
    scale = Math.min(Math.max(wanted, 0.1), 4);
    picture.setAttribute("width", Math.round(width * scale));
    picture.setAttribute("height", Math.round(height * scale));
  };
  const fitting = () => Math.min(1, (board.clientWidth - 2) / width);

  tools.hidden = false;
  zoom(Math.max(fitting(), 0.7));
  for (const button of tools.querySelectorAll("[data-zoom]")) {
    const { zoom: by } = button.dataset;
    const wanted = { fit: fitting, 1: () => 1 }[by] || (() => scale * Number(by));
    button.addEventListener("click", () => zoom(wanted()));
  }
  board.addEventListener("keydown", (event) => {
    const by = { "+": 1.25, "=": 1.25, "-": 0.8 }[event.key];
    if (by) zoom(scale * by);
    else if (event.key === "0") zoom(fitting());
  });
  for (const box of document.querySelectorAll("[data-filter]")) {
    box.hidden = false;
    box.addEventListener("change", () => {
      for (const line of picture.querySelectorAll(`[data-kind="${box.dataset.filter}"]`)) {
        line.classList.toggle("off", !box.checked);
      }
    });
  }
  tools.querySelector("[data-png]").addEventListener("click", (event) => {
    const image = new Image();
    image.addEventListener("load", () => {
      const canvas = document.createElement("canvas");
      [canvas.width, canvas.height] = [width * 2, height * 2];
      const paper = canvas.getContext("2d");
      paper.fillStyle = "#ffffff";
      paper.fillRect(0, 0, canvas.width, canvas.height);
      paper.drawImage(image, 0, 0, canvas.width, canvas.height);
      const link = document.createElement("a");
      link.download = event.target.closest("button").dataset.png;
      link.href = canvas.toDataURL("image/png");
      link.click();
    });
    const words = new XMLSerializer().serializeToString(picture);
    image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(words)}`;
  });
})();
