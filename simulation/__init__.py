"""Three months of a telesales floor, day by day, with the product's own services and jobs. See MODEL.md and REPORT.md."""
