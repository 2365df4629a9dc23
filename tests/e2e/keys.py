"""A person without a mouse: Tab, arrows, Enter, Space and letters, and nothing else."""

from datetime import date

from playwright.sync_api import Locator, Page

# More stops than any page has.
MOST_STOPS = 250
_HERE = "element => element === document.activeElement"
# A ring, a shadow or another ground tells where one is.
_SHOWS = """element => {
    const style = getComputedStyle(element)
    return style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) > 0 || style.boxShadow !== 'none'
}"""


class Keys:
    """Works ``page`` with the keyboard alone; whatever it stops at must show that it has the focus."""

    def __init__(self, page: Page) -> None:
        self.page = page

    def to(self, target: Locator) -> None:
        """Tab on until ``target`` has the focus."""
        target.wait_for()
        for _stop in range(MOST_STOPS):
            if target.evaluate(_HERE):
                assert target.evaluate(_SHOWS), f"nobody sees that {target} has the focus"
                return
            self.page.keyboard.press("Tab")
        raise AssertionError(f"{target} is out of reach of the keyboard on {self.page.url}")

    def write(self, label: str, text: str) -> None:
        """Write into the field of this label, in place of what stands there."""
        self.to(self.page.get_by_label(label).first)
        self.page.keyboard.press("Control+A")
        self.page.keyboard.type(text)

    def day(self, label: str, day: date) -> None:
        """Key a date in, in the order of parts that the browser asks for."""
        field = self.page.get_by_label(label)
        self.to(field)
        parts = {"y": f"{day:%Y}", "m": f"{day:%m}", "d": f"{day:%d}"}
        for order in ("ymd", "mdy", "dmy"):
            for part in order:
                self.page.keyboard.type(parts[part])
                if part == "y":
                    self.page.keyboard.press("ArrowRight")
            if field.input_value() == day.isoformat():
                return
            for _part in order:
                self.page.keyboard.press("ArrowLeft")
        raise AssertionError(f"{label} takes no date from the keyboard")

    def choose(self, field: Locator, value: str) -> None:
        """Go down a list until ``value`` is chosen."""
        self.to(field)
        for _option in range(30):
            if field.input_value() == value:
                return
            self.page.keyboard.press("ArrowDown")
        raise AssertionError(f"{value} is not among the choices")

    def tick(self, label: str) -> None:
        """Tick a box."""
        self.to(self.page.get_by_label(label))
        self.page.keyboard.press("Space")

    def pick(self, label: str) -> None:
        """Pick one of several: Tab leads to the first of them, arrows to the others."""
        wanted = self.page.get_by_label(label, exact=True)
        name = wanted.get_attribute("name")
        self.to(self.page.locator(f"input[name={name}]").first)
        self.page.keyboard.press("Space")
        for _option in range(12):
            if wanted.is_checked():
                return
            self.page.keyboard.press("ArrowDown")
        raise AssertionError(f"{label} is not among the choices")

    def press(self, name: str, role: str = "button", *, exact: bool = True) -> None:
        """Press the first button, or follow the first link, of this name."""
        found = self.page.get_by_role(role, name=name, exact=exact)  # type: ignore[arg-type]
        self.to(found.filter(visible=True).first)
        self.page.keyboard.press("Enter")
