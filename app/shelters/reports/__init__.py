"""Status reports (状況報告)."""
