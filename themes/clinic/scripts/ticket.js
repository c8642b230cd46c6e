// A door in every language: send the reader through the one of their own, with
// the place and the question that the link named.

const doors = [...document.querySelectorAll('[data-door]')];

for (const door of doors) {
  door.search = location.search;
  door.hash = location.hash;
  door.addEventListener('click', () => {
    try { localStorage.setItem('language', door.hreflang); } catch {}
  });
}

function remembered() {
  try { return localStorage.getItem('language'); } catch { return null; }
}

const base = (tag) => tag?.toLowerCase().split('-')[0];

const door = [remembered(), ...navigator.languages]
  .map((tag) => doors.find(({ hreflang }) => base(hreflang) === base(tag)))
  .find(Boolean) ?? (doors.length === 1 && doors[0]);

// A reader of none of the languages chooses.
if (door) location.replace(door.href);
