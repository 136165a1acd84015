"""What everybody may know about open shelters."""
