create table orders (
  id bigint generated always as identity primary key,
  item text not null,
  metres integer not null,
  ordered_at timestamptz not null default now()
);
