"""The reference hall server: reservations, desks, ticket numbers. SQLite or PostgreSQL."""
