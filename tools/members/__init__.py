"""Members of a workspace, their roles, and invitations."""
