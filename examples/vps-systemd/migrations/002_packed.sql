-- Expand: an older API does not know the column, and needs not.
alter table orders add column packed_at timestamptz;
