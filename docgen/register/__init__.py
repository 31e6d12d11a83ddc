"""What has been drafted and issued; so far the drafts, later numbers, steps and seals."""
