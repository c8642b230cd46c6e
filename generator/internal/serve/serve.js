// The preview's part in an open page: it reloads the page when another build
// is there, and shows what is wrong with one that failed. All words come from
// the server. The panel lives in a shadow root, so that neither the page's
// styles nor its own reach the other.

const own = document.querySelector('script[src="/_serve.js"]').dataset.build
const title = document.title
let events
let dismissed

function connect() {
  events?.close()
  events = new EventSource("/_events")
  events.onmessage = ({data}) => {
    const {build, report} = JSON.parse(data)
    if (build !== own) {
      events.close()
      location.reload()
      return
    }
    show(report, data)
  }
  events.onerror = () => {
    // The browser comes back by itself, except when something else answered.
    if (events.readyState === EventSource.CLOSED) setTimeout(connect, 1000)
  }
}

// A browser keeps at most six connections to one server open. A page that
// nobody sees gives its own back, and asks again when it is looked at.
document.onvisibilitychange = () => document.hidden ? events?.close() : connect()
if (!document.hidden) connect()

function show(report, data) {
  document.querySelector("#_serve")?.remove()
  document.title = title
  if (!report || data === dismissed) return

  const heading = make("h2", {id: "heading"}, report.heading)
  const dismiss = make("button", {type: "button"}, report.dismiss)
  const panel = make("section", {tabIndex: 0},
    make("div", {role: "alert"}, heading, make("p", {}, report.note)),
    make("ul", {}, ...report.problems.map(({place, message, hint}) =>
      make("li", {}, make("code", {}, place), " ", message, hint ? make("span", {className: "hint"}, hint) : ""))),
    report.more ? make("p", {}, report.more) : "",
    dismiss)
  panel.setAttribute("aria-labelledby", "heading")

  const host = make("div", {id: "_serve", lang: "en", dir: "ltr"})
  host.attachShadow({mode: "open"}).append(make("link", {rel: "stylesheet", href: "/_serve.css"}), panel)
  dismiss.onclick = () => {
    dismissed = data
    host.remove()
    document.title = title
  }
  document.body.append(host)
  document.title = `${report.heading} · ${title}`
}

function make(name, properties, ...children) {
  const element = Object.assign(document.createElement(name), properties)
  element.append(...children)
  return element
}
