"""The OpenAPI document taken at its word by schemathesis: thousands of requests, and no answer it does not promise."""
