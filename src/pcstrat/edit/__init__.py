"""Turns the text of a plan into another text by moving and replacing stretches of it; data is never written out.

`tree` says which stretch of the text each item is, with its comments; `layout` puts the stretches in normal form;
`changes` replaces some of them. Whatever comes out is read again and compared before anybody may write it.
"""
