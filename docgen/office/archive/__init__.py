"""The archive as a service: what a year's bag takes from register and workspace, and what a bag is judged by."""
