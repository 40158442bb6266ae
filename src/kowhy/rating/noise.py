"""
Noise from the keyboard: words that cannot be words.
"""

from __future__ import annotations

from itertools import pairwise

_VOWELS = frozenset("aeiouy")
_ROWS = ("qwertyuiop", "asdfghjkl", "zxcvbnm", "qwertzuiop", "yxcvbnm", "azertyuiop", "qsdfghjklm", "wxcvbn")
_NEXT = frozenset("".join(pair) for row in _ROWS for ways in (row, row[::-1]) for pair in pairwise(ways))


#: Pairs of letters that no two of the 20,000 commonest English words have.
_UNHEARD = frozenset(
    """
    bf bg bk bq bx bz cf cj cw cx dx dz fd fh fj fk fn fq fv fx fz gc gj gk gq gv gx gz hg hj hk hv hx iy jb jc jd
    jf jg jh jj jk jl jm jn jq jr jt jv jw jx jy jz kj kk kq kv kx kz lj lq lx lz mj mk mq mx mz oq pj pq pv px pz
    qb qc qd qe qf qg qh qj qk ql qm qn qo qp qq qr qs qt qv qw qx qy qz rz sj sv sx sz tj tq tx uw vb vc vf vg vh
    vj vk vl vm vn vq vv vw vx vz wg wj wq wv wx wz xb xd xf xg xj xk xm xn xq xr xs xw xx xz yj yq yv yx yy zb zc
    zd zf zg zj zk zm zn zp zq zr zs zt zv zw zx
    """.split()
)


def unlikely(word: str) -> bool:
    """
    Whether the letters of *word* lie next to each other on a keyboard, or hardly ever stand together.
    """
    size = len(word)
    unheard = sum(word[at : at + 2] in _UNHEARD for at in range(size - 1))
    if unheard * 4 >= size:
        return True
    return size >= 5 and sum(word[at : at + 2] in _NEXT for at in range(size - 1)) >= 0.75 * (size - 1)


def gibberish(word: str) -> bool:
    """
    Whether the unknown folded *word* cannot be a word.

    Keys in a row, no vowels, a pile of consonants, one syllable over and over.
    """
    size = len(word)
    if size < 3:
        return False
    if unlikely(word):
        return True
    pairs = [word[at : at + 2] for at in range(size - 1)]
    near = sum(pair in _NEXT for pair in pairs)
    vowels = sum(char in _VOWELS for char in word)
    if size >= 4 and near >= 0.6 * len(pairs):
        return True
    if not vowels:
        return size >= 4 or near == len(pairs)
    if vowels == size and size >= 4:
        return True
    run = longest = 0
    for char in word:
        run = 0 if char in _VOWELS else run + 1
        longest = max(longest, run)
    if longest >= 5 or (size >= 6 and vowels / size < 0.17):
        return True
    if len(set(word)) <= max(2, size // 4):
        return True
    return size >= 7 and len(set(pairs)) <= 0.6 * len(pairs)
