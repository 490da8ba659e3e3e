"""Three months of a telesales floor with the product's own services and jobs. See MODEL.md and REPORT.md."""
