"""How a lead could be written to."""

from persistence.models.lead import Lead
from tools.suppressions.hashing import Contact


def contact_of(lead: Lead) -> Contact:
    """A lead's address, profile and company, as suppressions look them up."""
    return Contact(lead.email, lead.linkedin_url, lead.company_domain)
