"use strict";
// Menus show one of their blocks; an explorer shows one of its points. The address keeps both.
(() => {
  const state = new URLSearchParams(location.hash.slice(1));
  const keep = (key, value) => {
    state.set(key, value);
    history.replaceState(null, "", "#" + state);
  };
  for (const box of document.querySelectorAll("[data-choice]")) {
    const name = box.dataset.choice, select = box.querySelector("select");
    const parts = [...box.querySelectorAll(":scope > [data-option]")];
    const show = () => {
      for (const part of parts) part.hidden = part.dataset.option !== select.value;
    };
    if ([...select.options].some(one => one.value === state.get(name))) {
      select.value = state.get(name);
    }
    select.addEventListener("change", () => { keep(name, select.value); show(); });
    box.querySelector(".control").hidden = false;
    show();
  }
  for (const box of document.querySelectorAll(".explorer")) {
    const form = box.querySelector("form"), live = document.getElementById("live");
    const data = JSON.parse(box.querySelector("script").textContent);
    const rows = [...box.querySelectorAll(".track-row")];
    const levers = [...form.querySelectorAll("fieldset")].map(one => [...one.querySelectorAll("input")]);
    const chosen = () => levers.map(inputs => inputs.findIndex(one => one.checked)).join(".");
    const show = () => {
      const point = data.points[chosen()];
      live.textContent = point.said;
      rows.forEach((row, k) => {
        const [at, low, high, figure, interval, far] = point.rows[k];
        row.querySelector(".dot").style.left = at + "%";
        row.querySelector(".span").style.left = low + "%";
        row.querySelector(".span").style.width = (high - low) + "%";
        const texts = row.querySelector(".figures").children;
        [figure, interval, far].forEach((words, i) => { texts[i].textContent = words; });
      });
    };
    if (state.get("at") in data.points) {
      state.get("at").split(".").forEach((place, k) => { levers[k][+place].checked = true; });
    }
    form.addEventListener("change", () => { keep("at", chosen()); show(); });
    form.addEventListener("reset", () => setTimeout(() => { keep("at", data.own); show(); }));
    form.addEventListener("submit", event => event.preventDefault());
    form.hidden = false;
    show();
  }
})();
