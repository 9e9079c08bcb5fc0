"""Printed forms and their signed copies 文书."""
