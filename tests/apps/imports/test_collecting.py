"""How often garbage is looked for is as before after the last file."""

import gc
import threading

from chuangtu.apps.imports.collecting import SELDOM, seldom


def test_files_worked_on_at_once_leave_collection_as_it_was():
    usual = gc.get_threshold()
    inside, may_end = threading.Event(), threading.Event()

    @seldom()
    def work():
        inside.set()
        may_end.wait(10)

    other = threading.Thread(target=work)
    with seldom():
        other.start()
        assert inside.wait(10)
        assert gc.get_threshold() == SELDOM
    assert gc.get_threshold() == SELDOM
    may_end.set()
    other.join()

    assert gc.get_threshold() == usual
