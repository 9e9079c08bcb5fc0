"""互补点: industry tables with source and year, and what two regions' industries have that the other lacks."""
