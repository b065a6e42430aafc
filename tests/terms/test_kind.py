"""A declaration answers what templates, pages and permissions ask of it."""

from chuangtu.terms.kind import Drawn, Field, FieldType, Kind, MapStyle
from chuangtu.terms.viewer import ADMINISTRATOR, OFFICER, VISITOR, Visibility

AREA = Field("area_sqm", "面积", "Floor area", FieldType.DECIMAL, unit="平方米", unit_en="m²")
CONTACT = Field("contact", "联系方式", "Contact", visibility=Visibility.INTERNAL)
SECRET = Field("secret", "密项", "Secret", visibility=Visibility.RESTRICTED)
KIND = Kind(
    name="shed",
    zh="棚",
    en="Shed",
    en_plural="Sheds",
    code=99,
    fields=(AREA, CONTACT, SECRET),
    style=MapStyle(0, "circle", "home"),
)


def test_a_header_says_the_unit():
    assert AREA.header == "面积（平方米）"
    assert CONTACT.header == "联系方式"


def test_labels_follow_the_language():
    assert (AREA.label("zh-hans"), AREA.label("en")) == ("面积", "Floor area")
    assert (KIND.label("zh-hans"), KIND.label("en")) == ("棚", "Shed")


def test_a_viewer_sees_the_fields_of_its_class():
    assert KIND.visible_fields(VISITOR) == (AREA,)
    assert KIND.visible_fields(OFFICER) == (AREA, CONTACT)
    assert KIND.visible_fields(ADMINISTRATOR) == (AREA, CONTACT, SECRET)


def test_an_unknown_type_of_area_is_the_kind_that_is_left():
    drawn = Drawn(code="code", type="type", kinds={"park": "park"}, otherwise="zone")

    assert [drawn.area_kind(each) for each in ("park", "lake", None)] == ["park", "zone", "zone"]


def test_fields_are_found_by_name():
    assert KIND.by_name == {"area_sqm": AREA, "contact": CONTACT, "secret": SECRET}


def test_a_kind_without_more_is_known_by_its_name_and_holds_for_its_span():
    assert KIND.identity == (("name",),)
    assert (KIND.starts, KIND.ends) == (("valid_from",), ("valid_until",))
