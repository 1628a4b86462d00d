"""The QR code of a join link, as inline SVG with its quiet zone and no style attribute."""

from xml.etree import ElementTree

import qrcode
from markupsafe import Markup
from qrcode.image.svg import SvgPathImage


def qr_svg(address: str, label: str) -> Markup:
    """A picture of `address`, sized by the stylesheet; `label` is read aloud in its place."""
    picture = qrcode.make(address, border=4, image_factory=SvgPathImage).get_image()
    for size in ("width", "height"):
        del picture.attrib[size]
    picture.attrib.update({"class": "qr", "role": "img", "aria-label": label})
    return Markup(ElementTree.tostring(picture, encoding="unicode"))  # noqa: S704 - serialised, so escaped
