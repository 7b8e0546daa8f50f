"""Poisoned pages, onboarding fields and messages, read by a model that obeys whatever it reads."""
