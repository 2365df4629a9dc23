"""Provinces in English, and the cities of the partner universities; a place that is not listed stays Chinese."""

PLACES_EN = {
    "北京": "Beijing", "天津": "Tianjin", "上海": "Shanghai", "重庆": "Chongqing",
    "河北": "Hebei", "山西": "Shanxi", "内蒙古": "Inner Mongolia", "辽宁": "Liaoning", "吉林": "Jilin",
    "黑龙江": "Heilongjiang", "江苏": "Jiangsu", "浙江": "Zhejiang", "安徽": "Anhui", "福建": "Fujian",
    "江西": "Jiangxi", "山东": "Shandong", "河南": "Henan", "湖北": "Hubei", "湖南": "Hunan",
    "广东": "Guangdong", "广西": "Guangxi", "海南": "Hainan", "四川": "Sichuan", "贵州": "Guizhou",
    "云南": "Yunnan", "西藏": "Tibet", "陕西": "Shaanxi", "甘肃": "Gansu", "青海": "Qinghai",
    "宁夏": "Ningxia", "新疆": "Xinjiang", "香港": "Hong Kong", "澳门": "Macao", "台湾": "Taiwan",
    "长春": "Changchun", "晋中": "Jinzhong", "太原": "Taiyuan", "武汉": "Wuhan", "西安": "Xi’an",
    "杨凌": "Yangling", "运城": "Yuncheng",
}  # fmt: skip


def place_in_english(province: str, city: str = "") -> str:
    """Return “city, province”, of a municipality one name; empty where one of the names is not known in English."""
    names = [city, province] if city and city != province else [province]
    found = [PLACES_EN.get(name, "") for name in names]
    return ", ".join(found) if all(found) else ""
