"""Sentence alignment: which sentences of two documents translate each other.

`align` is the stage; `align_sentences` the same over plain lists of sentences.
"""

from __future__ import annotations

from duizhao.alignments.aligner import SIGNATURE, align, align_sentences

__all__ = ["SIGNATURE", "align", "align_sentences"]
