"""Random documents and words that hit them: Chinese, Latin, both, hidden and odd."""

from hypothesis import strategies as st

from chuangtu.engines.search.model import Document
from chuangtu.terms.viewer import Visibility

# Few characters, so that parts are often found; full and half width, brackets, a digit, a
# character beyond the basic plane, one without a reading, one nobody sees, and spaces.
CHARACTERS = "上海科技有限公司闵行联影abﾊシB（(3𠮷ß\u200b 、"
SYLLABLES = ["shang", "hai", "ke", "ji", "you", "min", "hang", "lian", "ying", "a", "b", "s", "h"]

fields = st.one_of(
    st.text(CHARACTERS, max_size=12),
    st.sampled_from(
        ["上海联影科技有限公司", "闵行科技", "ab上海b", "科技科技科技", "91310112MA1GB"]
    ),
)
per_class = st.tuples(*[st.lists(fields, max_size=2).map(tuple)] * 3)
documents = st.lists(
    st.builds(Document, per_class, per_class, per_class, st.integers(-1, 300)), max_size=10
)
parts = st.one_of(
    st.text(CHARACTERS, max_size=5),
    st.lists(st.sampled_from(SYLLABLES), min_size=1, max_size=4).map("".join),
    st.sampled_from(["科技", "上海", "公", "shkj", "keji", "1310", "有限公司", "联影科技"]),
)
words = st.lists(parts, max_size=3).map(" ".join)
viewers = st.sampled_from(list(Visibility))
