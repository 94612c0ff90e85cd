"use strict";

// Words of an article are marked by pointing at them, or with the keyboard alone. Offsets are those
// that stand at the words; nothing is counted here. Without this script the words are typed.
(() => {
  const text = document.querySelector("[data-marking]");
  if (!text) return;
  const words = [...text.querySelectorAll(".w")];
  if (!words.length) return;
  const drafts = [...document.querySelectorAll("[data-draft]")];
  const onward = getComputedStyle(text).direction === "rtl" ? "ArrowLeft" : "ArrowRight";
  const backward = onward === "ArrowLeft" ? "ArrowRight" : "ArrowLeft";
  const ROLES = ["source", "cue", "content", "antecedent"];
  let draft = drafts[0];
  let [anchor, here] = [0, 0];

  for (const part of document.querySelectorAll("[data-script]")) part.hidden = false;

  const start = (word) => Number(word.dataset.s);
  const end = (word) => Number(word.dataset.e);
  const fields = (one, role) => {
    const { draft: prefix } = one.dataset;
    const named = (name) => one.querySelector(`[name="${CSS.escape(prefix + name)}"]`);
    return { words: named(role), spans: named(`at.${role}`), by: named(`by.${role}`) };
  };
  const spansOf = (one, role) =>
    fields(one, role).spans.value.split(" ").filter(Boolean).map((span) => span.split("-").map(Number));
  const within = (word, [from, to]) => start(word) < to && end(word) > from;
  const wordsOf = (span) => {
    const [first, last] = [words.find((word) => within(word, span)), words.findLast((word) => within(word, span))];
    if (!first) return "";
    const range = document.createRange();
    range.setStartBefore(first);
    range.setEndAfter(last);
    return range.toString().replace(/\s+/g, " ").trim();
  };

  const show = () => {
    const marks = ROLES.map((role) => [role, spansOf(draft, role)]);
    const [low, high] = [Math.min(anchor, here), Math.max(anchor, here)];
    words.forEach((word, index) => {
      for (const [role, spans] of marks) {
        word.classList.toggle(`r-${role}`, spans.some((span) => within(word, span)));
      }
      word.classList.toggle("chosen", high > low && index >= low && index <= high);
    });
  };

  const put = (role, spans) => {
    const sorted = [...spans].sort((one, other) => one[0] - other[0]);
    const kept = [];
    for (const span of sorted) {
      const last = kept.at(-1);
      if (last && span[0] <= last[1]) last[1] = Math.max(last[1], span[1]);
      else kept.push([...span]);
    }
    const field = fields(draft, role);
    field.spans.value = kept.map((span) => span.join("-")).join(" ");
    field.by.value = "marks";
    field.words.value = kept.map(wordsOf).join(" \u2026 ");
    show();
  };

  // What is selected: with the pointer, by the browser; else with the arrow keys.
  const selected = () => {
    const chosen = getSelection();
    if (!chosen.isCollapsed && chosen.rangeCount && text.contains(chosen.anchorNode)) {
      const range = chosen.getRangeAt(0);
      const some = words.filter((word) => range.intersectsNode(word));
      const held = some.filter((word) => {
        const inner = document.createRange();
        inner.selectNodeContents(word);
        return (
          range.compareBoundaryPoints(Range.END_TO_START, inner) < 0 &&
          range.compareBoundaryPoints(Range.START_TO_END, inner) > 0
        );
      });
      if (held.length) return [start(held[0]), end(held.at(-1))];
    }
    return [start(words[Math.min(anchor, here)]), end(words[Math.max(anchor, here)])];
  };

  const mark = (role, more) => {
    put(role, more ? [...spansOf(draft, role), selected()] : [selected()]);
    getSelection().removeAllRanges();
    anchor = here;
    show();
  };

  const move = (role, side, step) => {
    const spans = spansOf(draft, role);
    if (!spans.length) return;
    const span = side === "start" ? spans[0] : spans.at(-1);
    const at = side === "start"
      ? words.findIndex((word) => within(word, span))
      : words.findLastIndex((word) => within(word, span));
    const next = words[at + step];
    if (!next) return;
    if (side === "start" && start(next) < span[1]) span[0] = start(next);
    if (side === "end" && end(next) > span[0]) span[1] = end(next);
    put(role, spans);
  };

  for (const one of drafts) {
    one.addEventListener("focusin", () => {
      draft = one;
      show();
    });
    for (const row of one.querySelectorAll("[data-role]")) {
      const { role } = row.dataset;
      fields(one, role).words.addEventListener("input", () => {
        fields(one, role).by.value = "";
      });
      for (const button of row.querySelectorAll("[data-do]")) {
        const todo = button.dataset.do;
        button.addEventListener("mousedown", (event) => event.preventDefault()); // keeps the selection
        button.addEventListener("click", () => {
          draft = one;
          if (todo === "mark" || todo === "add") mark(role, todo === "add");
          else if (todo === "none") put(role, []);
          else move(role, todo.slice(0, -2), Number(todo.slice(-2)));
        });
      }
    }
  }

  const go = (index, extend) => {
    words[here].removeAttribute("tabindex");
    here = Math.min(Math.max(index, 0), words.length - 1);
    if (!extend) anchor = here;
    words[here].tabIndex = 0;
    words[here].focus();
    show();
  };
  const lineFrom = (step) => {
    const box = words[here].getBoundingClientRect();
    for (let index = here + step; words[index]; index += step) {
      const other = words[index].getBoundingClientRect();
      const below = step * (other.top - box.top) > box.height / 2;
      const passed = step * (onward === "ArrowRight" ? other.left - box.left : box.left - other.left) >= 0;
      if (below && passed) return index;
      if (step * (other.top - box.top) > box.height * 2.5) return index - step;
    }
    return step > 0 ? words.length - 1 : 0;
  };

  const first = words.findIndex((word) => word.classList.contains("r-content"));
  here = anchor = Math.max(first, 0);
  words[here].tabIndex = 0;
  text.addEventListener("click", (event) => {
    const word = event.target.closest(".w");
    if (word && getSelection().isCollapsed) go(words.indexOf(word), event.shiftKey);
  });
  text.addEventListener("keydown", (event) => {
    const index = {
      [onward]: () => here + 1,
      [backward]: () => here - 1,
      ArrowDown: () => lineFrom(1),
      ArrowUp: () => lineFrom(-1),
      Home: () => 0,
      End: () => words.length - 1,
    }[event.key];
    const role = ROLES[["Digit1", "Digit2", "Digit3", "Digit4"].indexOf(event.code)];
    if (event.ctrlKey || event.metaKey || (!index && !role)) return;
    event.preventDefault();
    if (role) mark(role, event.altKey);
    else {
      getSelection().removeAllRanges();
      go(index(), event.shiftKey);
    }
  });
  show();
})();
