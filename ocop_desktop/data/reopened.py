"""When a closed result does not count: a ballot was opened again and is not finished."""

# Of an ``agenda_item``: some member (recused ones aside) has a later ballot than the first that is still open.
REOPENED = """EXISTS (
    SELECT 1 FROM ballot WHERE ballot.item_id = agenda_item.id AND ballot.version > 1 AND ballot.finished_at IS NULL
        AND NOT EXISTS (SELECT 1 FROM ballot AS later WHERE later.item_id = ballot.item_id
                        AND later.member_id = ballot.member_id AND later.version > ballot.version)
        AND NOT EXISTS (SELECT 1 FROM recusal WHERE recusal.item_id = ballot.item_id
                        AND recusal.member_id = ballot.member_id))"""
