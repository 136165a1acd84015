"""被災者台帳 (災害対策基本法 90条の3), taken out of what the shelters know."""
