-- Expand: an older image does not know the column, and needs not.
alter table orders add column packed_at timestamptz;
