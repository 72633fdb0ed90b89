"""The forms in which words are compared: the fold for Chinese, the folded lemma for English."""

from __future__ import annotations

from functools import lru_cache

from duizhao.text import fold

# Words that carry grammar more than meaning: they link by habit, not by the dictionary.
_EN_FUNCTION = """
a about all also an and any are as at be been being but by can could did do does down each for from had has
have he her him his how i if in into is it its may me might must my no not of off on one or our out over
shall she should so some than that the their them then there these they this those to under up upon us was
we were what when where which while who whom whose why will with would you your 's n't 'll 're 've 'd
"""
_ZH_FUNCTION = """
的 了 着 过 地 得 之 其 所 者 们 在 是 和 与 及 以及 或 而 且 而且 并 并且 但 但是 都 就 也 又 还 才 则 却
将 把 被 对 对于 从 向 由 以 于 为 为了 因 因为 由于 如果 虽然 所以 这 那 该 此 这个 那个 这些 那些 一 一个
个 位 名 种 项 条 次 件 不 没 没有 有 上 中 下 里 后 前 内 外 到 等 使 让 给 只 很 更 最 我 你 他 她 它 我们
你们 他们 她们 它们 自己 已 已经 曾 正在 可 可以 能 能够 会 要 应 应该 必须 说 来 去 吗 呢 吧 啊 呀 么
"""
EN_FUNCTION = frozenset(_EN_FUNCTION.split())
ZH_FUNCTION = frozenset(_ZH_FUNCTION.split())
# What the fold keeps apart and the two languages use for one another.
_MARKS = str.maketrans({"《": '"', "》": '"', "〈": '"', "〉": '"', "、": ",", "'": '"'})


@lru_cache(maxsize=100_000)
def chinese_form(word: str) -> str:
    """The fold (Simplified, half width, lower case); marks as English writes them."""
    folded = fold(word)
    return folded.translate(_MARKS) if is_mark(folded) else folded


@lru_cache(maxsize=100_000)
def english_form(word: str) -> str:
    """The folded lemma; words with figures, hyphens or apostrophes only folded."""
    import simplemma

    folded = fold(word)
    if folded.isalpha() and folded.isascii():
        lemma: str = simplemma.lemmatize(folded, lang="en")
        return fold(lemma)
    return folded.translate(_MARKS) if is_mark(folded) else folded


def is_mark(word: str) -> bool:
    """Whether there is no letter and no figure in it."""
    return not any(character.isalnum() for character in word)
