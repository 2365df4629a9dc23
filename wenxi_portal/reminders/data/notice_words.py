"""The words of the State Council's notice: part of a format, not of the interface."""

# "一、元旦：" with or without the number.
HEADING = r"^\s*(?:[一二三四五六七八九十]{1,3}、)?\s*(?P<name>[\u4e00-\u9fff、]{2,12})[：:]"
# "2026年1月4日", "1月4日", and "4日" after a month.
DAY = r"(?:(?P<year>20\d\d)年)?(?:(?P<month>\d{1,2})月)?(?P<day>\d{1,2})日"
OFF_WORD = "放假"
WORK_WORD = "上班"
STOP = "。"
SENTENCE_END = r"[。：]"
OFF = {"off", "放假", "休"}
WORK = {"work", "上班", "班"}
