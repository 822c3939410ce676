/* Review with one key each. Keys work only while the review has the focus; they press the buttons
   of the form, which works without them. What is typed while an answer is on its way is kept. */
(() => {
  "use strict";
  document.documentElement.classList.add("scripts");
  const typed = [];
  let isBusy = false;

  const panel = () => document.getElementById("review");
  const isText = (element) => ["INPUT", "TEXTAREA", "SELECT"].includes(element.tagName);

  const press = (key) => {
    const button = panel().querySelector(`button[data-key="${key}"]`);
    const cycled = panel().querySelector(`[data-cycle="${key}"]`);
    const field = panel().querySelector(`[data-focus="${key}"]`);
    if (button) {
      button.click();
    } else if (cycled) {
      cycled.selectedIndex = (cycled.selectedIndex + 1) % cycled.options.length;
      say(`Type: ${cycled.options[cycled.selectedIndex].text}`);
    } else if (field) {
      field.focus();
    }
    return Boolean(button || cycled || field);
  };

  const say = (words) => {
    panel().querySelector(".said").textContent = words;
  };

  /* the page that answers takes the place of this one, without a flash */
  const take = (text, address) => {
    const fresh = new DOMParser().parseFromString(text, "text/html");
    const now = fresh.getElementById("review");
    if (!now) {
      return false;
    }
    document.getElementById("main").replaceWith(document.adoptNode(fresh.getElementById("main")));
    history.replaceState(null, "", address);
    panel().addEventListener("keydown", takeKey);
    const said = panel().querySelector(".said");
    const words = said.textContent;
    said.textContent = "";
    panel().focus({ preventScroll: true });
    const top = panel().getBoundingClientRect().top;
    if (top < 0 || top > window.innerHeight / 2) {
      panel().scrollIntoView({ block: "start" });
    }
    requestAnimationFrame(() => {
      const title = [...panel().querySelectorAll(".side .id")].map((one) => one.textContent);
      said.textContent = words && title.length ? `${words} Next: ${title.join(" → ")}.` : words;
    });
    return true;
  };

  const send = async (form, button) => {
    isBusy = true;
    const data = new URLSearchParams(new FormData(form, button));
    try {
      const answer = await fetch(form.action, { method: "POST", body: data });
      if (!take(await answer.text(), answer.url)) {
        location.assign(location.pathname);
      }
    } catch {
      typed.length = 0;
      say("This was not saved: see whether knockon serve still runs, then do it again.");
    }
    isBusy = false;
    while (typed.length && !isBusy) {
      catchUp(typed.shift());
    }
  };

  /* a key that was typed ahead does what it would do now: in the note it is a letter of it */
  const catchUp = (key) => {
    const field = document.activeElement;
    if (field.tagName !== "TEXTAREA") {
      press(key.toLowerCase());
    } else if (key === "Escape") {
      panel().focus({ preventScroll: true });
    } else if (key === "Backspace") {
      field.value = field.value.slice(0, -1);
    } else {
      field.value += key === "Enter" ? "\n" : key;
    }
  };

  document.addEventListener("submit", (event) => {
    if (panel().contains(event.target) && event.target.method === "post" && !event.target.matches(".who")) {
      event.preventDefault();
      if (!isBusy) {
        send(event.target, event.submitter);
      }
    }
  });

  const takeKey = (event) => {
    const target = event.target;
    if (event.ctrlKey || event.altKey || event.metaKey) {
      return;
    }
    if (isBusy && (event.key.length === 1 || ["Escape", "Backspace", "Enter"].includes(event.key))) {
      typed.push(event.key);
      event.preventDefault();
    } else if (event.key === "Escape" && isText(target)) {
      panel().focus({ preventScroll: true });
    } else if (!isText(target) && event.key.length === 1 && press(event.key.toLowerCase())) {
      event.preventDefault();
    }
  };

  panel().addEventListener("keydown", takeKey);

  if (location.hash === "#review") {
    panel().focus({ preventScroll: true });
  }
})();
