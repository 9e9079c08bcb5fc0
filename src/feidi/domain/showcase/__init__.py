"""宣传展示: what the public may see, released field by field, published by a second person; the exhibition hall; media."""
