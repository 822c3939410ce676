/* Files dropped in: shown by name, sent with a bar, and what is wrong with them told in place.
   Without scripts the form does the same. */
(() => {
  "use strict";
  const form = document.getElementById("drop");
  const input = document.getElementById("files");
  const chosen = document.getElementById("chosen");
  const fault = document.getElementById("fault");
  const box = document.getElementById("progress");
  const bar = document.getElementById("bar");
  const doing = document.getElementById("doing");
  const told = document.getElementById("told");
  const button = form.querySelector("button");
  const most = Number(form.dataset.most);

  const show = () => {
    chosen.replaceChildren(...[...input.files].map((file) => {
      const line = document.createElement("li");
      line.textContent = `${file.name} (${size(file.size)})`;
      return line;
    }));
    fault.hidden = true;
  };

  const size = (bytes) =>
    bytes < 1e6 ? `${Math.max(1, Math.round(bytes / 1e3))} kB` : `${(bytes / 1e6).toFixed(1)} MB`;

  const complain = (sentence) => {
    fault.querySelector("p").textContent = sentence;
    fault.hidden = false;
    box.hidden = true;
    button.disabled = false;
    fault.focus();
  };

  const say = (words) => {
    doing.textContent = words;
    told.textContent = words;
  };

  /* reading may take a minute: ask how far it is */
  const watch = (ticket) => {
    const timer = setInterval(async () => {
      const answer = await fetch(`/open/progress?ticket=${ticket}`).catch(() => null);
      const far = answer && answer.ok ? await answer.json() : null;
      if (far && far.steps) {
        bar.max = far.steps;
        bar.value = far.done;
      }
    }, 500);
    return () => clearInterval(timer);
  };

  const send = () => {
    const data = new FormData(form);
    const request = new XMLHttpRequest();
    let stop = () => {};
    box.hidden = false;
    button.disabled = true;
    bar.max = 100;
    bar.value = 0;
    say("Sending the files");
    request.upload.addEventListener("progress", (event) => {
      bar.value = event.lengthComputable ? (100 * event.loaded) / event.total : 0;
    });
    request.upload.addEventListener("load", () => {
      say("Reading the files");
      bar.removeAttribute("value");
      stop = watch(form.elements.ticket.value);
    });
    request.addEventListener("loadend", () => {
      stop();
      if (request.status === 0) {
        complain("The files did not arrive: see whether knockon serve still runs, and send them again.");
      } else if (request.response && request.response.address) {
        location.assign(request.response.address);
      } else {
        complain((request.response && request.response.error) || "The files could not be read.");
      }
    });
    request.open("POST", "/api/plans");
    request.responseType = "json";
    request.send(data);
  };

  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const total = [...input.files].reduce((sum, file) => sum + file.size, 0);
    if (total > most) {
      complain(`These files have ${size(total)} together: no more than ${size(most)} can be sent at once.`);
    } else {
      send();
    }
  });
  input.addEventListener("change", show);

  const isFiles = (event) => [...event.dataTransfer.types].includes("Files");
  for (const kind of ["dragenter", "dragover"]) {
    document.addEventListener(kind, (event) => {
      if (isFiles(event)) {
        event.preventDefault();
        form.classList.add("over");
      }
    });
  }
  document.addEventListener("dragleave", (event) => {
    if (!event.relatedTarget) {
      form.classList.remove("over");
    }
  });
  document.addEventListener("drop", (event) => {
    if (isFiles(event)) {
      event.preventDefault();
      form.classList.remove("over");
      input.files = event.dataTransfer.files;
      show();
      button.focus();
    }
  });
})();
