"""A real form, and what a phone makes of it."""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any

import numpy as np
from PIL import Image, ImageDraw, ImageEnhance, ImageFilter

DATA: dict[str, Any] = {
    "project": "某某生物 POCT 诊断平台",
    "code": "YB-2026-017",
    "outpost": "云滨产业协同创新中心（演示）",
    "home_entity": "某某（云溪）生物科技有限公司",
    "facts": [{"label": "注册地址", "value": "云溪区某某路 1 号 #set text(red) $x$ *b*"}],
    "evidence": [
        {"label": "营业执照", "state": "已采信 1/1", "items": [{"what": "营业执照.pdf", "on": "2026-05-12", "state": "已采信"}]},
        {
            "label": "资金证明",
            "state": "已采信 1/1",
            "items": [
                {"what": "银行回单（第一版）", "on": "2026-06-01", "amount": "500,000.00 元", "state": "已退回"},
                {"what": "银行回单", "on": "2026-06-01", "amount": "5,000,000.00 元", "state": "已采信"},
            ],
        },
        {"label": "场地证明", "state": "未提交 0/1"},
    ],
    "signals": [{"label": "参保人数", "value": "0 人（2026-10）", "note": "与现场查看不一致"}],
    "chain": [
        {"hand": "核查人员（一）"},
        {"hand": "核查人员（二）"},
        {"hand": "镇街（园区）联系人"},
        {"hand": "企业确认", "seal": "企业公章"},
        {"hand": "主办方负责人", "seal": True},
    ],
}  # fmt: skip


def page(png: bytes) -> Image.Image:
    return Image.open(io.BytesIO(png)).convert("RGB")


def save(image: Image.Image, path: Path, quality: int = 40) -> Path:
    image.save(path, "JPEG", quality=quality)
    return path


def on_desk(paper: Image.Image) -> Image.Image:
    desk = Image.new("RGB", (int(paper.width * 1.25), int(paper.height * 1.15)), (92, 70, 52))
    desk.paste(paper, (int(paper.width * 0.12), int(paper.height * 0.07)))
    return desk


def turned(image: Image.Image, degrees: float) -> Image.Image:
    return image.rotate(degrees, expand=True, fillcolor=(92, 70, 52), resample=Image.Resampling.BICUBIC)


def leaning(image: Image.Image) -> Image.Image:
    """Seen from below: the far edge is 14 % narrower, and shifted."""
    width, height = image.size
    corners = [(0, 0), (width, 0), (width, height), (0, height)]
    seen = [(width * 0.09, height * 0.05), (width * 0.95, 0), (width, height), (0, height * 0.97)]
    rows, values = [], []
    for (x, y), (u, v) in zip(seen, corners, strict=True):
        rows += [[x, y, 1, 0, 0, 0, -u * x, -u * y], [0, 0, 0, x, y, 1, -v * x, -v * y]]
        values += [u, v]
    solved = np.linalg.solve(np.array(rows), np.array(values))
    return image.transform(
        image.size, Image.Transform.PERSPECTIVE, tuple(solved), Image.Resampling.BICUBIC, fillcolor=(92, 70, 52)
    )


def darker(image: Image.Image, factor: float = 0.45) -> Image.Image:
    return ImageEnhance.Contrast(ImageEnhance.Brightness(image).enhance(factor)).enhance(0.7)


def shadowed(image: Image.Image) -> Image.Image:
    """A lamp on the left, the phone's shadow over the right half."""
    pixels = np.asarray(image, dtype=np.float32)
    light = np.linspace(1.0, 0.25, image.width)[None, :, None] * np.array([1.0, 0.93, 0.75])[None, None, :]
    light[:, int(image.width * 0.7) :] *= 0.6
    return Image.fromarray(np.clip(pixels * light, 0, 255).astype(np.uint8))


def noisy(image: Image.Image) -> Image.Image:
    noise = np.random.default_rng(7).normal(0, 18, (image.height, image.width, 1))
    return Image.fromarray(np.clip(np.asarray(image, dtype=np.float32) + noise, 0, 255).astype(np.uint8))


def blurred(image: Image.Image) -> Image.Image:
    return image.filter(ImageFilter.GaussianBlur(1.6))


def small(image: Image.Image) -> Image.Image:
    """As a messenger sends it."""
    return image.resize((720, int(image.height * 720 / image.width)), Image.Resampling.BILINEAR)


def stamped(image: Image.Image) -> Image.Image:
    """A red seal and a thumb over parts of the QR (top right)."""
    drawn = image.copy()
    pen = ImageDraw.Draw(drawn, "RGBA")
    x, y = image.width * 0.885, image.height * 0.10
    pen.ellipse([x - 90, y + 5, x + 70, y + 165], outline=(200, 20, 20, 200), width=7)
    pen.ellipse([x + 8, y + 28, x + 30, y + 50], fill=(225, 180, 160, 255))
    return drawn


def without_qr(image: Image.Image) -> Image.Image:
    drawn = image.copy()
    ImageDraw.Draw(drawn).rectangle([image.width * 0.7, 0, image.width, image.height * 0.17], fill="white")
    return drawn
