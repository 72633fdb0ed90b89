"""Duizhao: Chinese texts and their English counterparts, set side by side, aligned and checked."""
