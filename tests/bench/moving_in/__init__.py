"""Moving data in from elsewhere: measured without the product, on a Postgres of its own."""
