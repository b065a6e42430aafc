"""创图 Chuangtu: a district's innovation on one map, one register, one window and one plan."""

__version__ = "0.1.0"
