-- belay: no-transaction
create index concurrently if not exists orders_to_pack on orders (id) where packed_at is null;
