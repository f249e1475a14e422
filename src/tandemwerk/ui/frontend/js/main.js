// The one script of every page. Each element is small, lives in its own file, and only adds
// comfort: without script every page still works by links and forms.
import "./elements/menu.js";
import "./elements/toast.js";
import "./elements/theme.js";
import "./elements/filter-list.js";
import "./elements/copy.js";
import "./elements/upload.js";
import "./elements/back.js";
import "./elements/outbox.js";
import { focusErrors } from "./lib/errors.js";

document.documentElement.classList.add("js");
focusErrors(document);
document.addEventListener("htmx:afterSettle", (event) => focusErrors(event.detail.elt));
