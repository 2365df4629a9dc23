"""A kind of message for tests."""

from wenxi_portal.notifications import kinds

KIND = kinds.find("example") or kinds.declare(
    kinds.MessageKind(
        name="example",
        label="示例消息",
        subject=lambda params: f"示例{params.get('n', '')}",
        body=lambda _params: "请致电 13900001234 办理。",
        shown=False,
    )
)
